using System.Collections.Immutable;

namespace OpsConsole.Tests.Noodles;

/// <summary>What s3rver 3.7.1 is known not to do as S3 does, found by running against it: reasons, each with its scenarios.</summary>
internal static class S3rverProfile
{
    private static readonly (string Reason, string[] Scenarios)[] Known =
    [
        ("it lets reads in whose signature is wrong or missing",
        [
            "Only who may gets in: a wrong secret",
            "Only who may gets in: an address that was changed",
            "Only who may gets in: somebody who signs nothing",
        ]),
        ("it takes more names than S3 does",
        [
            "Buckets are made, seen and removed: 'under_score' is no name for a bucket",
        ]),
        ("it neither checks nor keeps checksums",
        [
            "Checksums are checked and kept: a Content-MD5 that is none",
            "Checksums are checked and kept: a right CRC32 is taken and given back",
            "Checksums are checked and kept: a right CRC32C is taken and given back",
            "Checksums are checked and kept: a right CRC64NVME is taken and given back",
            "Checksums are checked and kept: a right SHA1 is taken and given back",
            "Checksums are checked and kept: a right SHA256 is taken and given back",
            "Checksums are checked and kept: a wrong CRC32 is refused and nothing is stored",
            "Checksums are checked and kept: a wrong CRC32C is refused and nothing is stored",
            "Checksums are checked and kept: a wrong CRC64NVME is refused and nothing is stored",
            "Checksums are checked and kept: a wrong Content-MD5",
            "Checksums are checked and kept: a wrong SHA256 is refused and nothing is stored",
        ]),
        ("it stores the chunk signatures of a streamed body with the body",
        [
            "Amazon's own client works as it comes: a large upload in parts",
            "Amazon's own client works as it comes: put and get",
        ]),
        ("its pages of version 2 fail",
        [
            "Amazon's own client works as it comes: all pages of a listing",
            "Buckets are listed: a continuation token that nobody gave",
            "Buckets are listed: page by page nothing is left out or told twice",
            "Buckets are listed: pages of keys and prefixes in common",
        ]),
        ("it reads the copy source otherwise than S3",
        [
            "Amazon's own client works as it comes: a copy",
            "Objects are copied within the store: a copied key with special characters",
        ]),
        ("it has no conditional writes",
        [
            "Amazon's own client works as it comes: a write only where there is nothing",
            "Requests with conditions: a write only where there is nothing",
            "Requests with conditions: a write over a version of what is not there",
            "Requests with conditions: a write over another version",
        ]),
        ("it knows If-None-Match and If-Modified-Since only",
        [
            "Requests with conditions: a read of another version",
            "Requests with conditions: must not have changed since long ago",
        ]),
        ("it knows no conditions of copies",
        [
            "Objects are copied within the store: a copy only of another version",
        ]),
        ("it has no quiet deletes",
        [
            "Many objects are deleted together: quietly only errors are told",
        ]),
        ("its order is not that of the bytes",
        [
            "Buckets are listed: keys come in the order of their bytes",
        ]),
        ("its delimiters are slashes",
        [
            "Buckets are listed: by prefix 'b/' and delimiter '2'",
        ]),
        ("its KeyCount leaves the prefixes out",
        [
            "Buckets are listed: prefixes in common come beside keys",
        ]),
        ("it has no encoding-type",
        [
            "Buckets are listed: keys in the encoding of addresses",
        ]),
        ("its ETags of uploads are not those of S3",
        [
            "Large objects are uploaded in parts: two parts, the last one smaller",
        ]),
        ("it lists neither parts nor uploads and aborts none",
        [
            "Large objects are uploaded in parts: an aborted upload leaves nothing",
            "Large objects are uploaded in parts: the parts are listed a page at a time",
            "Large objects are uploaded in parts: the parts that were sent are listed",
            "Large objects are uploaded in parts: uploads under way are listed",
        ]),
        ("it checks no parts when an upload is completed",
        [
            "Large objects are uploaded in parts: a part before the last one is too small",
            "Large objects are uploaded in parts: part number 0 is none",
            "Large objects are uploaded in parts: part number 10001 is none",
            "Large objects are uploaded in parts: parts out of order",
        ]),
        ("its process ends",
        [
            "Large objects are uploaded in parts: a part that was never sent",
            "Large objects are uploaded in parts: an upload that was aborted is not completed",
            "Objects are put and come back as they were: a key of 1025 bytes",
            "Objects are put and come back as they were: a key that is too long",
        ]),
        ("it copies no parts",
        [
            "Large objects are uploaded in parts: a part copied from another object",
        ]),
        ("a key is a file name to it: 255 bytes at most",
        [
            "Objects are put and come back as they were: a key of 1024 bytes",
        ]),
        ("it misreads this range",
        [
            "Parts of objects are read by range: the range bytes=-10 gives bytes 990 to 999",
            "Parts of objects are read by range: the range bytes=0-0 gives bytes 0 to 0",
        ]),
        ("it knows no conditions of ranges",
        [
            "Parts of objects are read by range: a range of another version",
        ]),
    ];

    /// <summary>By scenario.</summary>
    public static ImmutableSortedDictionary<string, string> Differences { get; } =
        Known.SelectMany(known => known.Scenarios.Select(scenario => (scenario, known.Reason))).ToImmutableSortedDictionary(pair => pair.scenario, pair => pair.Reason, StringComparer.Ordinal);
}
