namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Three copies, one in each AZ; two of them decide. The rule is written at <see cref="IObjectStore"/>.</summary>
public sealed class ReplicatedStore(Placement placement, VersionClock versions, TimeProvider clock) : IObjectStore
{
    private const int Attempts = 8;

    public async Task<ObjectHeader> PutAsync(NewObject wanted, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var header = new ObjectHeader(wanted.Bucket, wanted.Key, 0, content.Length, wanted.ETag, clock.GetUtcNow(), Deleted: false) { ContentType = wanted.ContentType, Metadata = wanted.Metadata };
        return await WriteAsync(header, content).WaitAsync(cancel).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string bucket, string key, CancellationToken cancel) =>
        await WriteAsync(new ObjectHeader(bucket, key, 0, 0, "", clock.GetUtcNow(), Deleted: true), default).WaitAsync(cancel).ConfigureAwait(false);

    public async Task<StoredObject?> GetAsync(string bucket, string key, CancellationToken cancel)
    {
        var replicas = placement.Of(bucket, key);
        var answers = await Quorum.OfAsync(
                replicas,
                async replica => replica == replicas[0]
                    ? await replica.ReadAsync(bucket, key, cancel).ConfigureAwait(false)
                    : new ReplicaRead(await replica.VersionAsync(bucket, key, cancel).ConfigureAwait(false), null))
            .ConfigureAwait(false);
        var latest = answers.Max(answer => answer.Answer.Version);
        if (latest == 0)
        {
            return null;
        }

        var envelope = answers.Find(answer => answer.Answer.Version == latest && answer.Answer.Envelope is not null).Answer?.Envelope
            ?? await FetchAsync(bucket, key, latest, answers.Where(answer => answer.Answer.Version == latest).Select(answer => answer.From).Concat(replicas).Distinct(), cancel).ConfigureAwait(false);
        var found = Envelope.Unpack(envelope)!;
        var nearestIsDamaged = answers.Any(answer => answer.From == replicas[0] && answer.Answer is { Version: > 0, Envelope: null });
        if (found.Header.Version != latest || nearestIsDamaged || answers.Count(answer => answer.Answer.Version == latest) < Quorum.Needed)
        {
            await Quorum.OfAsync(replicas, replica => replica.KeepAsync(envelope, CancellationToken.None), kept => kept.Kept is Kept.Yes or Kept.Superseded).ConfigureAwait(false);
        }

        return found.Header.Deleted ? null : found;
    }

    public Task<ListedPage> ListAsync(string bucket, string prefix, string after, int take, CancellationToken cancel) => MergedList.ReadAsync(placement, bucket, prefix, after, take, cancel);

    public async Task<string?> TroubleAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var slot in placement.Slots)
            {
                await Quorum.OfAsync(slot, async replica =>
                {
                    await replica.PingAsync(cancel).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
            }

            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    /// <summary>Goes on to its end although the customer may have gone: half a write would have to be repaired by a reader.</summary>
    private async Task<ObjectHeader> WriteAsync(ObjectHeader header, ReadOnlyMemory<byte> content)
    {
        var replicas = placement.Of(header.Bucket, header.Key);
        var above = 0L;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var versioned = header with { Version = versions.Next(above) };
            var envelope = Envelope.Pack(versioned, content.Span);
            var answers = await Quorum.OfAsync(replicas, replica => replica.KeepAsync(envelope, CancellationToken.None), kept => kept.Kept == Kept.Yes).ConfigureAwait(false);
            if (answers.Count(answer => answer.Answer.Kept == Kept.Yes) >= Quorum.Needed)
            {
                return versioned;
            }

            var refused = answers.FirstOrDefault(answer => answer.Answer.Kept is Kept.Full or Kept.Corrupt);
            if (refused.From is not null)
            {
                throw new StoreUnavailableException($"{refused.From.Host} could not keep the object: {refused.Answer.Kept}");
            }

            above = answers.Max(answer => answer.Answer.Version);
        }

        throw new StoreUnavailableException("too many writers of one key at once");
    }

    /// <summary>A verified copy of this version or a later one.</summary>
    private static async Task<byte[]> FetchAsync(string bucket, string key, long atLeast, IEnumerable<IReplica> replicas, CancellationToken cancel)
    {
        foreach (var replica in replicas)
        {
            try
            {
                if (await replica.ReadAsync(bucket, key, cancel).ConfigureAwait(false) is { Envelope: { } envelope } read && read.Version >= atLeast)
                {
                    return envelope;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
            {
                // The next copy is asked; when none is left the answer below says so.
            }
        }

        throw new StoreUnavailableException("no copy of the latest version within reach is whole");
    }
}
