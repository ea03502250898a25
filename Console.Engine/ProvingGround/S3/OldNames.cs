using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>The old front's check of names.</summary>
internal static class OldNames
{
    internal static void Check(S3Request request)
    {
        if (!S3Names.IsBucket(request.Bucket))
        {
            throw new S3Exception(S3Error.InvalidBucketName);
        }

        if (S3Names.WrongKey(request.Key) is { } wrong)
        {
            throw new S3Exception(wrong);
        }
    }
}
