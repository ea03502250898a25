namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>Who signed, and what is needed to check a streamed body against it.</summary>
/// <param name="Payload">The value of <c>x-amz-content-sha256</c>.</param>
internal sealed record Signed(AccessKey Key, string At, string Scope, string Signature, string Payload);
