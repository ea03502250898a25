using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <param name="Signed">What is needed to check a streamed body; null where nobody signed.</param>
internal sealed record Identified(AuthFacts Facts, Signed? Signed);
