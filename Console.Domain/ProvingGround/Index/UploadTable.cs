using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A bucket's uploads in progress, by key and then id.</summary>
public sealed class UploadTable
{
    private readonly ImmutableSortedSet<Upload> _uploads;

    private UploadTable(ImmutableSortedSet<Upload> uploads) => _uploads = uploads;

    public static UploadTable Empty { get; } = new(ImmutableSortedSet.Create<Upload>(ByKeyAndId.Instance));

    public int Count => _uploads.Count;

    public Upload this[int position] => _uploads[position];

    public static UploadTable From(IEnumerable<Upload> uploads) => new(uploads.ToImmutableSortedSet(ByKeyAndId.Instance));

    public IEnumerable<Upload> All() => _uploads;

    public Upload? Find(string key, string id) => _uploads.TryGetValue(Probe(key, id), out var found) ? found : null;

    public UploadTable Put(Upload upload) => new(_uploads.Remove(upload).Add(upload));

    public UploadTable Remove(Upload upload) => new(_uploads.Remove(upload));

    /// <summary>How many uploads come before this one, or are it.</summary>
    public int After(string key, string id) => _uploads.IndexOf(Probe(key, id)) is var at && at < 0 ? ~at : at + 1;

    private static Upload Probe(string key, string id) => new(id, new ObjectEntry("", key, 0, "", "", []));

    private sealed class ByKeyAndId : IComparer<Upload>
    {
        public static ByKeyAndId Instance { get; } = new();

        public int Compare(Upload? x, Upload? y) => KeyOrder.Instance.Compare(x!.Template.Key, y!.Template.Key) is not 0 and var order ? order : string.CompareOrdinal(x.Id, y.Id);
    }
}
