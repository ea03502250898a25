using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;

namespace OpsConsole.Tests.FleetUpdate.Ground;

/// <summary>Objects that are read all the time, without a retry, and compared with what was written.</summary>
internal sealed class KeptObjects : IAsyncDisposable
{
    private const string Bucket = "kept-objects";
    private readonly AmazonS3Client _s3;
    private readonly byte[][] _contents;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private long _reads;

    private KeptObjects(AmazonS3Client s3, byte[][] contents) => (_s3, _contents, _reading) = (s3, contents, Task.Run(KeepReadingAsync));

    public ConcurrentBag<string> Failures { get; } = [];

    public long Reads => Interlocked.Read(ref _reads);

    public static async Task<KeptObjects> WrittenAsync(AmazonS3Client s3, int count)
    {
        var random = new Random(7);
        var contents = Enumerable.Range(0, count).Select(i => new byte[i % 10 == 0 ? 400_000 : 2_000 + (i * 97)]).ToArray();
        await s3.PutBucketAsync(Bucket);
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(contents[i]);
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = $"k{i}", InputStream = new MemoryStream(contents[i]) });
        }

        return new(s3, contents);
    }

    public async Task AllReadAsync()
    {
        for (var i = 0; i < _contents.Length; i++)
        {
            await ReadAsync(i);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
        _s3.Dispose();
    }

    private async Task KeepReadingAsync()
    {
        for (var i = 0; !_stop.IsCancellationRequested; i = (i + 1) % _contents.Length)
        {
            await ReadAsync(i);
            await Task.Delay(TimeSpan.FromMilliseconds(60), TimeProvider.System);
        }
    }

    private async Task ReadAsync(int i)
    {
        try
        {
            using var got = await _s3.GetObjectAsync(Bucket, $"k{i}");
            using var bytes = new MemoryStream();
            await got.ResponseStream.CopyToAsync(bytes);
            Interlocked.Increment(ref _reads);
            if (!bytes.ToArray().AsSpan().SequenceEqual(_contents[i]))
            {
                Failures.Add($"k{i} came back with other bytes");
            }
        }
        catch (Exception e) when (e is AmazonS3Exception or HttpRequestException or IOException or Amazon.Runtime.AmazonClientException)
        {
            Failures.Add($"k{i}: {e.Message}");
        }
    }
}
