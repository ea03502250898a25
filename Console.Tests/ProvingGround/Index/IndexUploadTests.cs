using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class IndexUploadTests
{
    private const long Enough = IndexLimits.LeastPart;

    private readonly IndexSteps _index = new();

    public IndexUploadTests() => Assert.True(Begin("k", "u").Done);

    [Fact]
    public void Completion_makes_the_object_of_the_parts_named_and_lets_the_others_go()
    {
        var (one, replaced, two, unused) = (IndexSteps.Extent(), IndexSteps.Extent(), IndexSteps.Extent(), IndexSteps.Extent());
        Part(1, Enough, "x", replaced);
        Part(1, Enough, "p1", one);
        Part(2, Enough, "p2", unused);
        Part(3, 4, "p3", two);
        Assert.False(_index.Live(replaced));
        var answer = Complete((1, "p1"), (3, "p3"));
        Assert.Equal((Enough + 4, "joined-2", IndexRefusal.None), (answer.Object!.Size, answer.Object.ETag, answer.Refusal));
        Assert.Equal([one, two], answer.Object.Extents.AsEnumerable());
        Assert.Equal([Enough, 4], answer.Object.Parts.AsEnumerable());
        Assert.True(_index.Live(one) && _index.Live(two));
        Assert.False(_index.Live(unused));
        Assert.Equal(IndexRefusal.NoSuchUpload, Complete((1, "p1")).Refusal);
        Assert.Equal((1, 0), (_index.State.Objects, _index.State.Uploads));
    }

    [Fact]
    public void Wrong_parts_change_nothing()
    {
        Part(1, Enough - 1, "p1");
        Part(2, 1, "p2");
        Assert.Equal(IndexRefusal.PartTooSmall, Complete((1, "p1"), (2, "p2")).Refusal);
        Assert.Equal(IndexRefusal.InvalidPart, Complete((1, "other")).Refusal);
        Assert.Equal(IndexRefusal.InvalidPart, Complete((2, "p2"), (1, "p1")).Refusal);
        Assert.Equal(IndexRefusal.InvalidPart, Complete((4, "p4")).Refusal);
        Assert.Equal(IndexRefusal.InvalidPart, Complete().Refusal);
        Assert.Equal(IndexRefusal.InvalidPart, Part(IndexLimits.Parts + 1, 1, "p").Refusal);
        Assert.Equal(IndexRefusal.NoSuchUpload, _index.Do(new AbortUpload("b", "other", "u")).Refusal);
        Assert.Equal(2, _index.State.Upload("b", "k", "u")!.Parts.Count);
        Assert.True(Complete((1, "p1")).Done);
    }

    [Fact]
    public void Aborting_and_deleting_the_bucket_let_the_parts_go()
    {
        var (aborted, left) = (IndexSteps.Extent(), IndexSteps.Extent());
        Part(1, 1, "p", aborted);
        Assert.True(_index.Do(new AbortUpload("b", "k", "u")).Done);
        Assert.False(_index.Live(aborted));
        Begin("k", "v");
        Part(1, 1, "p", left, "v");
        Assert.True(_index.Do(new DeleteBucket("b")).Done);
        Assert.Equal((0, 0), (_index.State.Live.Count, _index.State.Uploads));
    }

    [Fact]
    public void Uploads_are_paged_by_key_and_id_with_common_prefixes()
    {
        foreach (var (key, id) in new[] { ("a", "2"), ("a", "1"), ("d/x", "1"), ("d/y", "1"), ("z", "1") })
        {
            Begin(key, id);
        }

        var first = _index.State.ListUploads(new UploadQuery("b", "", "/", "", "", 3))!;
        Assert.Equal(["a1", "a2"], first.Uploads.Select(upload => upload.Template.Key + upload.Id));
        Assert.Equal(["d/"], first.CommonPrefixes.AsEnumerable());
        Assert.True(first.More);
        var rest = _index.State.ListUploads(new UploadQuery("b", "", "/", "d/", "", 3))!;
        Assert.Equal(["ku", "z1"], rest.Uploads.Select(upload => upload.Template.Key + upload.Id));
        Assert.False(rest.More);
        var after = _index.State.ListUploads(new UploadQuery("b", "a", "", "a", "1", 3))!;
        Assert.Equal(["2"], after.Uploads.Select(upload => upload.Id));
        Assert.Empty(_index.State.ListUploads(new UploadQuery("b", "a", "", "a", "", 3))!.Uploads);
    }

    private IndexAnswer Begin(string key, string id) => _index.Do(new CreateUpload(new Upload(id, IndexSteps.Object(key))));

    private IndexAnswer Part(int number, long size, string etag, Extent? extent = null, string id = "u") =>
        _index.Do(new PutPart("b", "k", id, new UploadPart(number, size, etag, extent is null ? [] : [extent])));

    private IndexAnswer Complete(params (int Number, string ETag)[] parts) =>
        _index.Do(new CompleteUpload("b", "k", "u", [.. parts.Select(part => new PartToJoin(part.Number, part.ETag))], $"joined-{parts.Length}", null, WriteCondition.None));
}
