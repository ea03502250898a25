namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Two customers and strangers.</summary>
[Trait("Category", "Integration")]
public sealed class AccountTests : FrontTests
{
    [Fact]
    public async Task Another_accounts_bucket_is_closed()
    {
        var other = Host.Accounts.Neighbour;
        await Host.SendAsync("PUT", "/bucket/k", "mine");
        foreach (var (method, path, query) in ((string, string, string)[])
            [("GET", "/bucket", ""), ("GET", "/bucket", "location"), ("GET", "/bucket", "acl"), ("DELETE", "/bucket", ""), ("GET", "/bucket/k", ""), ("GET", "/bucket/none", ""), ("PUT", "/bucket/k", ""), ("DELETE", "/bucket/k", ""), ("POST", "/bucket/k", "uploads"), ("GET", "/bucket/k", "tagging"), ("GET", "/bucket/k", "acl")])
        {
            Is(403, await Host.SendAsync(method, path, query: query.Length > 0 ? [(query, "")] : null, key: other), "AccessDenied");
        }

        Is(409, await Host.SendAsync("PUT", "/bucket", key: other), "BucketAlreadyExists");
        Is(409, await Host.SendAsync("PUT", "/bucket"), "BucketAlreadyOwnedByYou");
        Assert.DoesNotContain("<Name>bucket</Name>", Text(await Host.SendAsync("GET", "/", key: other)), StringComparison.Ordinal);
        Assert.Contains("<Name>bucket</Name>", Text(await Host.SendAsync("GET", "/")), StringComparison.Ordinal);
        Is(404, await Host.SendAsync("GET", "/nowhere", key: other), "NoSuchBucket");
    }

    [Fact]
    public async Task What_is_public_is_read_without_a_signature_and_nothing_else()
    {
        await Host.SendAsync("PUT", "/bucket/open", "for all", [("x-amz-acl", "public-read")]);
        await Host.SendAsync("PUT", "/bucket/closed", "for me");
        Assert.Equal("for all", Text(Is(200, await Host.UnsignedAsync("GET", "/bucket/open"))));
        Is(403, await Host.UnsignedAsync("GET", "/bucket/closed"), "AccessDenied");
        Is(403, await Host.UnsignedAsync("GET", "/bucket/none"), "AccessDenied");
        Is(403, await Host.UnsignedAsync("GET", "/bucket"), "AccessDenied");
        Is(403, await Host.UnsignedAsync("PUT", "/bucket/open"), "AccessDenied");
        Is(403, await Host.UnsignedAsync("DELETE", "/bucket/open"), "AccessDenied");
        Is(403, await Host.UnsignedAsync("GET", "/"), "AccessDenied");
        Is(404, await Host.UnsignedAsync("GET", "/nowhere/k"), "NoSuchBucket");
        Is(400, await Host.UnsignedAsync("GET", "/bucket/open?response-content-type=text/html"), "InvalidRequest");
        Is(200, await Host.SendAsync("PUT", "/bucket", "", [("x-amz-acl", "public-read")], [("acl", "")]));
        Is(200, await Host.UnsignedAsync("GET", "/bucket?list-type=2"));
        Is(404, await Host.UnsignedAsync("GET", "/bucket/none"), "NoSuchKey");
        Is(403, await Host.UnsignedAsync("GET", "/bucket/closed"), "AccessDenied");
        Is(200, await Host.SendAsync("PUT", "/bucket/open", "", [("x-amz-acl", "private")], [("acl", "")]));
        Is(403, await Host.UnsignedAsync("GET", "/bucket/open"), "AccessDenied");
    }

    [Fact]
    public async Task A_list_of_grants_reads_back_and_is_taken_spelt_out()
    {
        await Host.SendAsync("PUT", "/bucket/k", "x", [("x-amz-acl", "public-read")]);
        var grants = Text(Is(200, await Host.SendAsync("GET", "/bucket/k", query: [("acl", "")])));
        Assert.Contains("AllUsers", grants, StringComparison.Ordinal);
        Is(200, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-acl", "private")], [("acl", "")]));
        Assert.DoesNotContain("AllUsers", Text(await Host.SendAsync("GET", "/bucket/k", query: [("acl", "")])), StringComparison.Ordinal);
        Is(200, await Host.SendAsync("PUT", "/bucket/k", grants, query: [("acl", "")]));
        Is(200, await Host.UnsignedAsync("GET", "/bucket/k"));
        Is(501, await Host.SendAsync("PUT", "/bucket/k", grants.Replace("READ", "WRITE", StringComparison.Ordinal), query: [("acl", "")]), "NotImplemented");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "<AccessControlPolicy/>", query: [("acl", "")]), "MalformedACLError");
        Is(501, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-grant-read", "id=somebody")]), "NotImplemented");
    }
}
