using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a Content-MD5 that is none is refused only after the bucket has been looked for: who has both wrong is told of the other first.</summary>
internal sealed class ChangedPrecedence : Behaviour
{
    public override ImmutableArray<Gate> Refusals { get; } = Gates.Moved(Gates.InOrder, "md5-form", behind: "bucket");
}
