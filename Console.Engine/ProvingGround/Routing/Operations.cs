namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>The name of an S3 operation, by method and target.</summary>
internal static class Operations
{
    public static string Of(string method, string target)
    {
        var path = target.Split('?', 2)[0].Trim('/');
        var ofObject = path.Contains('/', StringComparison.Ordinal);
        return (method, ofObject) switch
        {
            ("GET", true) => "get",
            ("GET", false) => path.Length > 0 ? "list" : "list-buckets",
            ("PUT", true) => "put",
            ("HEAD", true) => "head",
            ("DELETE", true) => "delete",
            ("PUT" or "HEAD" or "DELETE", false) => "bucket",
            _ => "other",
        };
    }
}
