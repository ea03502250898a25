using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a range asked for together with If-Match is answered 200 where 206 is right; each header alone is answered as it should be.</summary>
internal sealed class WrongStatus : Behaviour
{
    public override int Status(S3Call call, int status) => status == 206 && call.Header("If-Match").Length > 0 ? 200 : status;
}
