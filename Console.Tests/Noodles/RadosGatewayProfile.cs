using System.Collections.Immutable;

namespace OpsConsole.Tests.Noodles;

/// <summary>What Ceph's gateway 16.2 is known not to do as S3 does, found by running against it: reasons, each with what Amazon's documentation says and with its scenarios.</summary>
internal static class RadosGatewayProfile
{
    private static readonly (string Reason, string[] Scenarios)[] Known =
    [
        // "Checking object integrity": S3 takes a checksum of five kinds with a PUT, refuses a body that differs with BadDigest, and gives it back where x-amz-checksum-mode asks for it.
        // The gateway checks Content-MD5 and passes over the rest.
        ("it neither checks nor keeps checksums but Content-MD5",
        [
            "Checksums are checked and kept: a right CRC32 is taken and given back",
            "Checksums are checked and kept: a right CRC32C is taken and given back",
            "Checksums are checked and kept: a right CRC64NVME is taken and given back",
            "Checksums are checked and kept: a right SHA1 is taken and given back",
            "Checksums are checked and kept: a right SHA256 is taken and given back",
            "Checksums are checked and kept: a wrong CRC32 is refused and nothing is stored",
            "Checksums are checked and kept: a wrong CRC32C is refused and nothing is stored",
            "Checksums are checked and kept: a wrong CRC64NVME is refused and nothing is stored",
            "Checksums are checked and kept: a wrong SHA256 is refused and nothing is stored",
        ]),
        // "Transferring payload to Amazon S3 in multiple chunks (chunked upload)": x-amz-content-sha256 may be STREAMING-…-TRAILER, and the checksum comes after the body. Amazon's clients of
        // today put so unless they are told not to; this gateway takes the word for a digest and finds that the body has another.
        ("it does not know bodies with a trailing checksum",
        [
            "Amazon's own client works as it comes: a large upload in parts",
            "Amazon's own client works as it comes: a write only where there is nothing",
            "Amazon's own client works as it comes: put and get",
        ]),
        // "PutObject", If-Match: the ETag as S3 gives it, which is between quotes. The gateway compares the quotes too, with an ETag that it keeps without; the bare digits succeed.
        ("a conditional write over an ETag in quotes never succeeds",
        [
            "Requests with conditions: a write over just this version",
        ]),
        // "CopyObject": the ETag in the answer is the entity tag as in the header, between quotes.
        ("the ETag in its answer to a copy has no quotes",
        [
            "Objects are copied within the store: a copy has the same content and the same metadata",
        ]),
        // "CopyObject": x-amz-copy-source-if-match. The gateway looks for x-amz-copy-if-match, which no client sends.
        ("it knows the conditions of copies by another name",
        [
            "Objects are copied within the store: a copy only of another version",
        ]),
        // "ListObjectsV2": the token is obfuscated and no key; what is none is InvalidArgument. The gateway's token is a key, so every text is one.
        ("its continuation tokens are keys",
        [
            "Buckets are listed: a continuation token that nobody gave",
        ]),
        // "ListObjectsV2", encoding-type: slashes stay as they are in S3's answers.
        ("it encodes slashes in keys",
        [
            "Buckets are listed: keys in the encoding of addresses",
        ]),
        // "CompleteMultipartUpload": InvalidPartOrder where the list is not in ascending order. The gateway puts it in order.
        ("it puts parts in order by itself",
        [
            "Large objects are uploaded in parts: parts out of order",
        ]),
        // "UploadPart": 1 to 10,000.
        ("every part number is one to it",
        [
            "Large objects are uploaded in parts: part number 0 is none",
            "Large objects are uploaded in parts: part number 10001 is none",
        ]),
        // "CompleteMultipartUpload": NoSuchUpload, also where it was aborted. The gateway answers 500: it cannot lock what is not there, and says that somebody else holds the lock.
        ("completing what was aborted is an internal error",
        [
            "Large objects are uploaded in parts: an upload that was aborted is not completed",
        ]),
        // "Error responses": KeyTooLongError. The gateway says InvalidObjectName, with the same status.
        ("a key that is too long has another code",
        [
            "Objects are put and come back as they were: a key that is too long",
        ]),
    ];

    /// <summary>By scenario.</summary>
    public static ImmutableSortedDictionary<string, string> Differences { get; } =
        Known.SelectMany(known => known.Scenarios.Select(scenario => (scenario, known.Reason))).ToImmutableSortedDictionary(pair => pair.scenario, pair => pair.Reason, StringComparer.Ordinal);
}
