using System.Diagnostics;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Four clients as their makers ship them: put, get, list, 64 MB in parts, presigned, conditional.</summary>
[Trait("Category", "Integration")]
public sealed class ClientTests : FrontTests
{
    private const int BigBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Amazons_client_for_dotnet()
    {
        var guest = Host.Accounts.Guest;
        using var s3 = new AmazonS3Client(new BasicAWSCredentials(guest.Id, guest.Secret), new AmazonS3Config { ServiceURL = Host.Address.ToString(), ForcePathStyle = true, AuthenticationRegion = FrontHost.Region });
        await s3.PutBucketAsync("dotnet");
        var put = await s3.PutObjectAsync(new PutObjectRequest { BucketName = "dotnet", Key = "a b/ü", ContentBody = "content" });
        using (var got = await s3.GetObjectAsync("dotnet", "a b/ü"))
        using (var reader = new StreamReader(got.ResponseStream))
        {
            Assert.Equal("content", await reader.ReadToEndAsync());
        }

        var taken = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => s3.PutObjectAsync(new PutObjectRequest { BucketName = "dotnet", Key = "a b/ü", ContentBody = "x", IfNoneMatch = "*" }));
        Assert.Equal("PreconditionFailed", taken.ErrorCode);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "dotnet", Key = "a b/ü", ContentBody = "content", IfMatch = put.ETag });
        var address = await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = "dotnet", Key = "a b/ü", Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1), Protocol = Protocol.HTTP });
        Assert.Equal(200, (await Host.UnsignedAsync("GET", new Uri(address).PathAndQuery)).Status);
        var big = Bytes(BigBytes);
        var upload = await s3.InitiateMultipartUploadAsync("dotnet", "big");
        var parts = new List<PartETag>();
        for (var at = 0; at < big.Length; at += BigBytes / 8)
        {
            parts.Add(new PartETag(await s3.UploadPartAsync(new UploadPartRequest { BucketName = "dotnet", Key = "big", UploadId = upload.UploadId, PartNumber = parts.Count + 1, InputStream = new MemoryStream(big, at, BigBytes / 8) })));
        }

        await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = "dotnet", Key = "big", UploadId = upload.UploadId, PartETags = parts });
        using var whole = await s3.GetObjectAsync("dotnet", "big");
        Assert.Equal(SHA256.HashData(big), await SHA256.HashDataAsync(whole.ResponseStream));
        Assert.Equal(["a b/ü", "big"], (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "dotnet" })).S3Objects.Select(found => found.Key));
        await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = "dotnet", Objects = [new KeyVersion { Key = "a b/ü" }, new KeyVersion { Key = "big" }] });
        await s3.DeleteBucketAsync("dotnet");
    }

    [Fact]
    public async Task Amazons_client_for_javascript()
    {
        var guest = Host.Accounts.Guest;
        var said = await RunAsync("node", [Repository.At("Console.Tests/ProvingGround/Front/node-client.js"), Host.Address.ToString(), FrontHost.Region, guest.Id, guest.Secret, Repository.At("Console.Web/Npm/node_modules")]);
        Assert.EndsWith("multipart of 64 MB\ndelete\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amazons_command_line()
    {
        var folder = Directory.CreateTempSubdirectory("front-aws-");
        var (big, back) = (Path.Combine(folder.FullName, "big"), Path.Combine(folder.FullName, "back"));
        await File.WriteAllBytesAsync(big, Bytes(BigBytes));
        await AwsAsync("s3", "mb", "s3://aws-cli");
        await AwsAsync("s3", "cp", big, "s3://aws-cli/a b/big", "--only-show-errors");
        await AwsAsync("s3", "cp", "s3://aws-cli/a b/big", back, "--only-show-errors");
        Assert.Equal(await HashAsync(big), await HashAsync(back));
        Assert.Contains("big", await AwsAsync("s3", "ls", "--recursive", "s3://aws-cli"), StringComparison.Ordinal);
        var address = (await AwsAsync("s3", "presign", "s3://aws-cli/a b/big")).Trim();
        Assert.Equal(200, (await Host.UnsignedAsync("GET", new Uri(address).PathAndQuery)).Status);
        Assert.Contains("\"ContentLength\": 10", await AwsAsync("s3api", "get-object", "--bucket", "aws-cli", "--key", "a b/big", "--range", "bytes=0-9", back), StringComparison.Ordinal);
        Assert.Contains("PreconditionFailed", await AwsAsync(fails: true, "s3api", "get-object", "--bucket", "aws-cli", "--key", "a b/big", "--if-match", "other", back), StringComparison.Ordinal);
        await AwsAsync("s3", "rb", "--force", "s3://aws-cli");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task S3cmd()
    {
        var folder = Directory.CreateTempSubdirectory("front-s3cmd-");
        var (big, back) = (Path.Combine(folder.FullName, "big"), Path.Combine(folder.FullName, "back"));
        await File.WriteAllBytesAsync(big, Bytes(BigBytes));
        await S3cmdAsync("mb", "s3://s3cmd");
        await S3cmdAsync("put", big, "s3://s3cmd/a b/big");
        await S3cmdAsync("get", "--force", "s3://s3cmd/a b/big", back);
        Assert.Equal(await HashAsync(big), await HashAsync(back));
        Assert.Contains("s3://s3cmd/a b/big", await S3cmdAsync("ls", "--recursive", "s3://s3cmd"), StringComparison.Ordinal);
        Assert.Contains("File size: 67108864", await S3cmdAsync("info", "s3://s3cmd/a b/big"), StringComparison.Ordinal);
        await S3cmdAsync("cp", "s3://s3cmd/a b/big", "s3://s3cmd/copy");
        await S3cmdAsync("setacl", "--acl-public", "s3://s3cmd/copy");
        Assert.Equal(200, (await Host.UnsignedAsync("HEAD", "/s3cmd/copy")).Status);
        await S3cmdAsync("rb", "--recursive", "--force", "s3://s3cmd");
        folder.Delete(recursive: true);
    }

    private static async Task<byte[]> HashAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await SHA256.HashDataAsync(stream);
    }

    private Task<string> AwsAsync(params string[] words) => AwsAsync(fails: false, words);

    private Task<string> AwsAsync(bool fails, params string[] words) => RunAsync("/usr/bin/aws", ["--endpoint-url", Host.Address.ToString(), "--region", FrontHost.Region, .. words], fails);

    private Task<string> S3cmdAsync(params string[] words)
    {
        var (guest, door) = (Host.Accounts.Guest, Host.Address.Authority);
        return RunAsync("/usr/bin/s3cmd", ["--config=/dev/null", $"--access_key={guest.Id}", $"--secret_key={guest.Secret}", $"--host={door}", $"--host-bucket={door}", "--no-ssl", $"--region={FrontHost.Region}", "--no-progress", "--multipart-chunk-size-mb=15", .. words]);
    }

    /// <summary>All it says; fails with it where the program ends otherwise than it should.</summary>
    private async Task<string> RunAsync(string program, string[] words, bool fails = false)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = Host.Accounts.Guest.Id;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = Host.Accounts.Guest.Secret;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        try
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0 != fails, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {await complained} {await said}");
            return fails ? await complained : await said;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
