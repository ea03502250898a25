using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>Which of ceph's tests are of something served here; of the others, by rule, why not.</summary>
internal static class ServedRules
{
    /// <summary>Operations as boto names them.</summary>
    private static readonly ImmutableHashSet<string> Served =
    [
        "put_object", "get_object", "head_object", "delete_object", "delete_objects", "copy_object", "copy", "list_objects", "list_objects_v2", "list_buckets", "create_bucket", "delete_bucket", "head_bucket", "get_bucket_location",
        "put_bucket_acl", "get_bucket_acl", "put_object_acl", "get_object_acl", "put_object_tagging", "get_object_tagging", "delete_object_tagging", "get_paginator", "generate_presigned_url",
        "create_multipart_upload", "upload_part", "upload_part_copy", "complete_multipart_upload", "abort_multipart_upload", "list_multipart_uploads", "list_parts",
    ];

    private static readonly (Func<Expectation, bool> Fits, string Why)[] Rules =
    [
        (row => row.Operations.Any(operation => !Served.Contains(operation)), "calls an operation that is not served"),
        (row => row.Test.Contains("post_object", StringComparison.Ordinal), "a form posted by a browser"),
        (row => row.Marks.Contains("fails_on_aws"), "S3 itself answers otherwise"),
        (row => row.Marks.Any(mark => mark.StartsWith("auth_aws2", StringComparison.Ordinal)) || row.Test.EndsWith("_v2", StringComparison.Ordinal), "signature version 2"),
        (row => Regex.IsMatch(row.Test, "public_?readwrite|authenticatedread|authenticated_read|anon_put_write|anonymous_put|100_continue$"), "an ACL that is not served: only private and public-read are"),
        (row => Regex.IsMatch(row.Test, "bucket_policy|sse_kms|enc_conflict_(c_)?kms|versioned|versioning|tenant|_grant|logging|lifecycle|lock_|torrent|cors|website"), "policies, key management, versions, tenants, grants"),
        (row => Regex.IsMatch(row.Test, "bucket_recreate_"), "ceph tells an owner BucketAlreadyExists; S3's documents say BucketAlreadyOwnedByYou"),
        (row => row.Test.StartsWith("test_block_public", StringComparison.Ordinal) || row.Test.Contains("ignore_public_acls", StringComparison.Ordinal), "public access blocks"),
        (row => Regex.IsMatch(row.Test, "x_amz_expires_"), "ceph answers 403 to a time that is no time; S3's documents say AuthorizationQueryParametersError, 400"),
    ];

    /// <summary>Null where it is served.</summary>
    public static string? WhyNot(Expectation row) => Rules.FirstOrDefault(rule => rule.Fits(row)).Why;
}
