using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The lists of grants that have a name. Objects belong to their bucket's owner here, so lists that add the bucket's owner add nobody.</summary>
public static class CannedAcl
{
    public const string Header = "x-amz-acl";

    private const string GrantPrefix = "x-amz-grant-";

    public static Acl Of(S3Call call) => call.Header(Header) == "public-read" ? Acl.PublicRead : Acl.Private;

    /// <summary>What is wrong with a request's ACL headers; null where nothing is.</summary>
    public static S3Error? Wrong(S3Call call) =>
        call.Headers.Keys.Any(name => name.StartsWith(GrantPrefix, StringComparison.OrdinalIgnoreCase)) ? S3Error.NotImplemented("Granting to single accounts")
        : call.Header(Header) switch
        {
            "" or "private" or "public-read" or "bucket-owner-read" or "bucket-owner-full-control" => null,
            "public-read-write" or "authenticated-read" or "aws-exec-read" or "log-delivery-write" => S3Error.NotImplemented($"The ACL {call.Header(Header)}"),
            _ => S3Error.InvalidArgument("The canned ACL is none of S3's."),
        };
}
