using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>Ends the handling of a request with an answer S3 has a name for.</summary>
internal sealed class S3Exception(S3Error error) : Exception(error.Code)
{
    public S3Error Error => error;
}
