using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Tests.ProvingGround.Front;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>What a test's name tells of what it does, and the same done here. The first pattern that fits is played.</summary>
internal static class Scenarios
{
    private static readonly (string, string)[] CustomerKeyHeaders =
        [(CustomerKey.Prefix + "algorithm", "AES256"), (CustomerKey.Prefix + "key", Convert.ToBase64String(new byte[32])), (CustomerKey.Prefix + "key-md5", Convert.ToBase64String(Md5.Of(new byte[32])))];

    public static readonly (string Pattern, Func<Stage, Task> Play)[] All =
    [
        ("listv?2?_objects_anonymous_fail|list_objects_anonymous_fail", it => it.UnsignedAsync("GET", "")),
        ("unordered", it => it.AskAsync("GET", "", query: [("allow-unordered", "true"), ("delimiter", "/")])),
        ("maxkeys_invalid", it => it.AskAsync("GET", "", query: [("max-keys", "blah")])),
        ("bucketv?2?_notexist|bucket_head_notexist", it => Both(it.AskAsync("GET", "/stage-none", query: [("list-type", "2")]), it.AskAsync("HEAD", "/stage-none"))),
        ("bucket_delete_notexist", it => it.AskAsync("DELETE", "/stage-none")),
        ("bucket_delete_nonempty", it => it.AskAsync("DELETE", "")),
        ("write_to_nonexist_bucket|atomic_write_bucket_gone", it => it.AskAsync("PUT", "/stage-none/k", "x")),
        ("bucket_create_delete$", async it => { await it.AskAsync("DELETE"); await it.AskAsync("DELETE", ""); await it.AskAsync("DELETE", ""); }),
        ("multi_objectv?2?_delete_key_limit", it => DeleteManyAsync(it, 1_001)),
        ("read_not_exist", it => it.AskAsync("GET", "none")),
        ("object_write_check_etag|raw_response_headers|raw_authenticated$|raw_authenticated_(bucket|object)_acl|raw_get_bucket_acl|raw_get_object_acl|raw_put_authenticated$|raw_get$", async it => { await it.AskAsync("PUT", "k", "x", [("x-amz-acl", "public-read")]); await it.UnsignedAsync("GET"); }),
        ("^test_get_object_ifmatch_failed", it => it.AskAsync("GET", headers: [("If-Match", "\"ABCORZ\"")])),
        ("^test_get_object_ifnonematch_good", it => it.AskAsync("GET", headers: [("If-None-Match", it.ETag)])),
        ("^test_get_object_ifmodifiedsince_failed", it => it.AskAsync("GET", headers: [("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")])),
        ("^test_get_object_ifunmodifiedsince_good", it => it.AskAsync("GET", headers: [("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:31 GMT")])),
        ("put_object_ifmatch_nonexisted_failed", async it => { await it.AskAsync("PUT", "none", "x", [("If-Match", "*")]); await it.AskAsync("GET", "none"); }),
        ("put_object_ifmatch_(overwrite_existed_)?failed", it => it.AskAsync("PUT", "k", "x", [("If-Match", "\"ABCORZ\"")])),
        ("put_object_ifnonmatch_overwrite_existed_failed", it => it.AskAsync("PUT", "k", "x", [("If-None-Match", "*")])),
        ("put_object_ifnonmatch_nonexisted_(good|failed)", it => it.AskAsync("PUT", "new", "x", [("If-None-Match", "*")])),
        ("copy_object_ifmatch_failed", it => it.AskAsync("PUT", "to", "", [("x-amz-copy-source", $"{it.Bucket}/k"), ("x-amz-copy-source-if-match", "ABCORZ")])),
        ("copy_object_ifnonematch_good", it => it.AskAsync("PUT", "to", "", [("x-amz-copy-source", $"{it.Bucket}/k"), ("x-amz-copy-source-if-none-match", it.ETag)])),
        ("raw_get_bucket_gone|raw_(put_)?authenticated_bucket_gone|delete_key_bucket_gone", it => Both(it.UnsignedAsync("GET", "../stage-none/k"), it.AskAsync("DELETE", "/stage-none/k"))),
        ("object_raw_.*(object_gone|gone)", async it => { await it.AskAsync("PUT", "", "", [("x-amz-acl", "public-read")], [("acl", "")]); await it.UnsignedAsync("GET", "none"); await it.AskAsync("GET", "none"); }),
        ("object_anon_put$|list_buckets_anonymous|access_bucket_private|access_bucket_publicread_", it => StrangerAsync(it)),
        ("list_buckets_(invalid|bad)_auth", it => it.AskAsync("GET", "/", wrongKey: true)),
        ("bucket_create_naming_bad_(starts_nonalpha|short_empty|short_one|short_two|ip|punctuation)|naming_(bad_long|dns_)", async it =>
        {
            foreach (var name in (string[])["a", "ab", "_x_x", "192.168.5.123", "foo_bar", "foo-", "foo..bar", "foo.-bar", "foo-.bar", new string('a', 64)])
            {
                await it.AskAsync("PUT", "/" + name);
            }
        }),
        ("bucket_create_naming_good", async it => { await it.AskAsync("PUT", $"/1{it.Bucket}"); await it.AskAsync("PUT", $"/{it.Bucket}.with-hyphen.{new string('a', 40)}"); }),
        ("bucket_create_exists_nonowner", it => it.AskAsync("PUT", "", stranger: true)),
        ("object_acl_canned|bucket_acl_canned_private_to_private|bucket_acl_canned$", it => it.AskAsync("PUT", "", "", [("x-amz-acl", "private")], [("acl", "")])),
        ("copy_to_itself$", it => it.AskAsync("PUT", "k", "", [("x-amz-copy-source", $"{it.Bucket}/k")])),
        ("copy_bucket_not_found", it => it.AskAsync("PUT", "k", "", [("x-amz-copy-source", "stage-none/k")])),
        ("copy_key_not_found", it => it.AskAsync("PUT", "k", "", [("x-amz-copy-source", $"{it.Bucket}/none")])),
        ("copy_not_owned_bucket", it => it.AskAsync("PUT", "k2", "", [("x-amz-copy-source", $"{it.Bucket}/k")], stranger: true)),
        ("multipart_copy_i(nvalid|mproper)_range", async it => { var id = await it.BeginAsync(); await it.AskAsync("PUT", "k", "", [("x-amz-copy-source", $"{it.Bucket}/k"), ("x-amz-copy-source-range", "bytes=0-21")], [("partNumber", "1"), ("uploadId", id)]); }),
        ("multipart_upload_empty", async it => await it.CompleteAsync(await it.BeginAsync())),
        ("upload_complete_without_create", it => it.CompleteAsync("none", (1, "x"))),
        ("abort_multipart_upload_not_found", it => it.AskAsync("DELETE", query: [("uploadId", "none")])),
        ("abort_multipart_upload$", async it => await it.AskAsync("DELETE", query: [("uploadId", await it.BeginAsync())])),
        ("upload_size_too_small", async it => { var id = await it.BeginAsync(); var (a, b) = (await it.PartAsync(id, 1, "a"), await it.PartAsync(id, 2, "b")); await it.CompleteAsync(id, (1, a.Header("ETag")), (2, b.Header("ETag"))); }),
        ("upload_(missing_part|incorrect_etag)", async it => { var id = await it.BeginAsync(); await it.PartAsync(id, 1, "a"); await it.CompleteAsync(id, (1, "ffffffffffffffffffffffffffffffff")); }),
        ("non_multipart_get_part|multipart_get_part|multipart_sse_c_get_part", it => Both(it.AskAsync("GET", query: [("partNumber", "2")]), it.AskAsync("GET", "none", query: [("partNumber", "1")]))),
        ("ranged_.*response_code|ranged_request$", it => it.AskAsync("GET", headers: [("Range", "bytes=4-7")])),
        ("ranged_request_(empty_object|invalid_range)", async it => { await it.AskAsync("PUT", "empty"); await it.AskAsync("GET", "empty", headers: [("Range", "bytes=40-50")]); await it.AskAsync("GET", headers: [("Range", "bytes=40-50")]); }),
        ("sse_c_(method_head|other_key|not_declared)|encryption_sse_c_(present)", async it => { await it.AskAsync("PUT", "s", "x", CustomerKeyHeaders); await it.AskAsync("HEAD", "s"); await it.AskAsync("HEAD", "s", headers: CustomerKeyHeaders); await it.AskAsync("GET", "s"); }),
        ("key_no_sse_c|sse_c_no_(key|md5)|sse_c_invalid_md5|sse_kms_not_declared|sse_kms_no_key", async it => { await it.AskAsync("PUT", "s", "x", CustomerKeyHeaders[1..]); await it.AskAsync("PUT", "s", "x", CustomerKeyHeaders[..1]); await it.AskAsync("PUT", "s", "x", [("x-amz-server-side-encryption-aws-kms-key-id", "id")]); }),
        ("sse_c_multipart_invalid_chunks|sse_c_multipart_bad", async it => { var id = await it.BeginAsync(CustomerKeyHeaders); await it.PartAsync(id, 1, "x"); }),
        ("put_obj_enc_conflict", async it => { await it.AskAsync("PUT", "s", "x", [.. CustomerKeyHeaders, ("x-amz-server-side-encryption", "AES256")]); await it.AskAsync("PUT", "s", "x", [("x-amz-server-side-encryption", "aes:kms")]); }),
        ("sse_s3_.*method_head", it => it.AskAsync("HEAD", headers: [("x-amz-server-side-encryption", "AES256")])),
        ("put_excess_(tags|key_tags|val_tags)", it => TagAsync(it, 11, 300)),
        ("put_max_|get_obj_tagging$|put_modify_tags|put_delete_tags|get_obj_head_tagging", async it => { await TagAsync(it, 10, 256); await it.AskAsync("GET", query: [("tagging", "")]); await it.AskAsync("DELETE", query: [("tagging", "")]); }),
        ("object_checksum_", it => it.AskAsync("PUT", "c", "x", [("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=")])),
        ("create_bad_md5_(invalid|empty)", it => it.AskAsync("PUT", "m", "x", [("Content-MD5", "AWS HAHAHA")])),
        ("create_bad_md5_(bad|unreadable)", it => it.AskAsync("PUT", "m", "x", [("Content-MD5", "rL0Y20xC+Fzt72VPzMSk2A==")])),
        ("bad_canned_acl", it => it.AskAsync("PUT", "", "", [("x-amz-acl", "public-ready")], [("acl", "")])),
    ];

    private static async Task Both(params Task<Engine.ProvingGround.S3.S3Answer>[] asks) => await Task.WhenAll(asks);

    private static async Task StrangerAsync(Stage it)
    {
        await it.UnsignedAsync("PUT");
        await it.AskAsync("GET", stranger: true);
        await it.AskAsync("PUT", "k", "x", stranger: true);
        await it.AskAsync("GET", "", stranger: true);
    }

    private static Task<Engine.ProvingGround.S3.S3Answer> TagAsync(Stage it, int tags, int length) =>
        it.AskAsync("PUT", "k", $"<Tagging><TagSet>{string.Concat(Enumerable.Range(0, tags).Select(i => $"<Tag><Key>{i}</Key><Value>{new string('v', length)}</Value></Tag>"))}</TagSet></Tagging>", query: [("tagging", "")]);

    private static Task<Engine.ProvingGround.S3.S3Answer> DeleteManyAsync(Stage it, int keys)
    {
        var body = $"<Delete>{string.Concat(Enumerable.Range(0, keys).Select(i => $"<Object><Key>{i}</Key></Object>"))}</Delete>";
        return it.AskAsync("POST", "", body, [("Content-MD5", Convert.ToBase64String(Md5.Of(Encoding.UTF8.GetBytes(body))))], [("delete", "")]);
    }
}
