namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>An error as S3 names it.</summary>
public sealed record S3Error(int Status, string Code, string Message)
{
    public static S3Error AccessDenied(string why) => new(403, "AccessDenied", why);

    public static S3Error InvalidArgument(string why) => new(400, "InvalidArgument", why);

    public static S3Error InvalidTag(string why) => new(400, "InvalidTag", why);

    public static S3Error MalformedXml(string why) => new(400, "MalformedXML", $"The XML you provided was not well-formed or did not validate against the published schema: {why}");

    public static S3Error AuthorizationQuery(string why) => new(400, "AuthorizationQueryParametersError", why);

    public static S3Error BadDigestOf(string what) => new(400, "BadDigest", $"The {what} you specified did not match the calculated checksum.");

    public static S3Error InvalidRequest(string why) => new(400, "InvalidRequest", why);

    public static S3Error NotImplemented(string what) => new(501, "NotImplemented", $"{what} is not implemented here.");

    public static S3Error Unavailable(string why) => new(503, "ServiceUnavailable", $"Please try again: {why}");

    public static readonly S3Error SlowDown = new(503, "SlowDown", "Please reduce your request rate.");

    public static readonly S3Error NoSuchBucket = new(404, "NoSuchBucket", "The specified bucket does not exist.");

    public static readonly S3Error NoSuchKey = new(404, "NoSuchKey", "The specified key does not exist.");

    public static readonly S3Error BucketAlreadyOwnedByYou = new(409, "BucketAlreadyOwnedByYou", "The bucket exists already, and you own it.");

    public static readonly S3Error BucketAlreadyExists = new(409, "BucketAlreadyExists", "The requested bucket name is not available: another account has it.");

    public static readonly S3Error TooManyBuckets = new(400, "TooManyBuckets", "This store has as many buckets as it may.");

    public static readonly S3Error NoSuchUpload = new(404, "NoSuchUpload", "The specified upload does not exist: it may have been completed or aborted.");

    public static readonly S3Error InvalidPart = new(400, "InvalidPart", "One or more of the specified parts could not be found, or its entity tag is another.");

    public static readonly S3Error InvalidPartOrder = new(400, "InvalidPartOrder", "The list of parts was not in ascending order.");

    public static readonly S3Error EntityTooSmall = new(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size: parts but the last have at least 5 MiB.");

    public static readonly S3Error InvalidUri = new(400, "InvalidURI", "Couldn't parse the specified URI.");

    public static readonly S3Error InvalidEncryptionAlgorithm = new(400, "InvalidEncryptionAlgorithmError", "The encryption request you specified is not valid. The valid value is AES256.");

    public static readonly S3Error InvalidLocationConstraint = new(400, "InvalidLocationConstraint", "The specified location constraint is not valid: there is one region here.");

    public static readonly S3Error InvalidStorageClass = new(400, "InvalidStorageClass", "The storage class you specified is not valid: STANDARD is.");

    public static readonly S3Error MalformedAcl = new(400, "MalformedACLError", "The ACL that you provided was not well formed or did not validate against the published schema.");

    public static readonly S3Error MalformedTrailer = new(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to the published schema.");

    public static readonly S3Error UserKeyMustBeSpecified = new(400, "UserKeyMustBeSpecified", "The key must be specified.");

    public static readonly S3Error MissingRequestBody = new(400, "MissingRequestBodyError", "Request body is empty.");

    public static readonly S3Error MaxMessageLengthExceeded = new(400, "MaxMessageLengthExceeded", "Your request was too large.");

    public static readonly S3Error NotModified = new(304, "NotModified", "Not modified.");

    public static readonly S3Error ConditionalRequestConflict = new(409, "ConditionalRequestConflict", "A conflicting operation occurred. Please try again.");

    public static readonly S3Error RequestTimeout = new(400, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period.");

    public static readonly S3Error BucketNotEmpty = new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty.");

    public static readonly S3Error InvalidBucketName = new(400, "InvalidBucketName", "The specified bucket is not valid: 3 to 63 lower-case letters, digits, hyphens and dots.");

    public static readonly S3Error KeyTooLong = new(400, "KeyTooLongError", "Your key is too long: at most 1024 bytes.");

    public static readonly S3Error EntityTooLarge = new(400, "EntityTooLarge", "Your proposed upload exceeds the largest object this store takes, 64 MiB.");

    public static readonly S3Error MetadataTooLarge = new(400, "MetadataTooLarge", "Your metadata headers exceed 2 KB.");

    public static readonly S3Error MissingContentLength = new(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");

    public static readonly S3Error IncompleteBody = new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length header.");

    public static readonly S3Error BadDigest = new(400, "BadDigest", "The checksum you specified did not match what we received.");

    public static readonly S3Error InvalidDigest = new(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");

    public static readonly S3Error ContentSha256Mismatch = new(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static readonly S3Error SignatureDoesNotMatch = new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    public static readonly S3Error InvalidAccessKeyId = new(403, "InvalidAccessKeyId", "The access key id you provided does not exist in our records.");

    public static readonly S3Error AuthorizationHeaderMalformed = new(400, "AuthorizationHeaderMalformed", "The authorization header you provided is invalid.");

    public static readonly S3Error RequestTimeTooSkewed = new(403, "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large.");

    public static readonly S3Error InvalidRange = new(416, "InvalidRange", "The requested range is not satisfiable.");

    public static readonly S3Error PreconditionFailed = new(412, "PreconditionFailed", "At least one of the preconditions you specified did not hold.");

    public static readonly S3Error MethodNotAllowed = new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");

    public static readonly S3Error InternalError = new(500, "InternalError", "We encountered an internal error. Please try again.");
}
