using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a conditional get is answered 200 with the whole body where 304 is right.</summary>
internal sealed class ForgetsConditions : Behaviour
{
    public override ImmutableArray<Gate> Refusals { get; } = Gates.Instead(Gates.InOrder, "preconditions", check => it => check(it) is { Status: not 304 } refusal ? refusal : null);
}
