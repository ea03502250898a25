using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class IndexObjectTests
{
    private readonly IndexSteps _index = new();

    [Fact]
    public void A_put_is_found_with_the_logs_position_and_moment()
    {
        var answer = _index.Put("k", "e1");
        var (_, found) = _index.State.Find("b", "k");
        Assert.Equal(answer.Object, found);
        Assert.Equal(answer.Version, found!.Version);
        Assert.Equal(_index.State.Version, found.Version);
        Assert.True(found.Modified > IndexSteps.Start);
        Assert.Equal(IndexRefusal.NoSuchBucket, _index.Do(new PutObject(IndexSteps.Object("k") with { Bucket = "other" }, WriteCondition.None)).Refusal);
    }

    [Fact]
    public void A_repeated_request_is_done_once_and_answered_the_same()
    {
        var request = Guid.NewGuid();
        var put = new PutObject(IndexSteps.Object("k"), new WriteCondition(IfNoneMatch: "*"));
        var first = _index.Do(put, request);
        _index.Delete("k");
        Assert.Equal(first, _index.Do(put, request));
        Assert.Null(_index.State.Find("b", "k").Object);
        Assert.Equal(IndexRefusal.None, _index.Do(put).Refusal);
    }

    [Fact]
    public void Answers_are_forgotten_oldest_first_at_their_bound()
    {
        var index = new IndexSteps(IndexLimits.Default with { Answers = 4 });
        var first = Guid.NewGuid();
        index.Do(new PutObject(IndexSteps.Object("k"), new WriteCondition(IfNoneMatch: "*")), first);
        for (var i = 0; i < 3; i++)
        {
            index.Put($"other{i}");
        }

        Assert.NotNull(index.State.Answers.Find(first));
        index.Put("last");
        Assert.Null(index.State.Answers.Find(first));
        Assert.Equal(4, index.State.Answers.Count);
    }

    [Theory]
    [InlineData(null, "*", false, IndexRefusal.None)]
    [InlineData(null, "*", true, IndexRefusal.PreconditionFailed)]
    [InlineData("e", null, true, IndexRefusal.None)]
    [InlineData("*", null, true, IndexRefusal.None)]
    [InlineData("x", null, true, IndexRefusal.PreconditionFailed)]
    [InlineData("e", null, false, IndexRefusal.NoSuchKey)]
    public void Conditions_are_judged_at_the_moment_of_the_write(string? ifMatch, string? ifNoneMatch, bool there, IndexRefusal expected)
    {
        if (there)
        {
            _index.Put("k", "e");
        }

        var before = _index.State.Find("b", "k").Object;
        Assert.Equal(expected, _index.Do(new PutObject(IndexSteps.Object("k", "new"), new WriteCondition(ifMatch, ifNoneMatch))).Refusal);
        var after = _index.State.Find("b", "k").Object;
        Assert.Equal(expected == IndexRefusal.None ? "new" : before?.ETag, after?.ETag);
    }

    [Fact]
    public void Each_key_of_a_delete_is_decided_by_itself()
    {
        _index.Put("a", "1");
        _index.Put("b", "1");
        var answer = _index.Do(new DeleteObjects("b", [new("a", new WriteCondition("1")), new("b", new WriteCondition("2")), new("missing", WriteCondition.None)]));
        Assert.Equal([IndexRefusal.None, IndexRefusal.PreconditionFailed, IndexRefusal.None], answer.Each.AsEnumerable());
        Assert.Equal(["b"], _index.List().Objects.Select(entry => entry.Key));
        var many = Enumerable.Range(0, IndexLimits.KeysInADelete + 1).Select(i => new KeyToDelete($"{i}", WriteCondition.None));
        Assert.Equal(IndexRefusal.Full, _index.Do(new DeleteObjects("b", [.. many])).Refusal);
    }

    [Fact]
    public void Tags_and_acl_change_without_modifying()
    {
        var put = _index.Put("k").Object!;
        var tagged = _index.Do(new SetObjectTags("b", "k", ImmutableSortedDictionary<string, string>.Empty.Add("t", "v"))).Object!;
        var listed = _index.Do(new SetObjectAcl("b", "k", Acl.PublicRead)).Object!;
        Assert.Equal(("v", Acl.PublicRead, put.Modified), (listed.Tags["t"], listed.Acl, tagged.Modified));
        Assert.Equal(IndexRefusal.NoSuchKey, _index.Do(new SetObjectAcl("b", "none", Acl.PublicRead)).Refusal);
    }

    [Fact]
    public void More_objects_than_may_be_are_refused_and_overwriting_still_works()
    {
        var index = new IndexSteps(IndexLimits.Default with { Objects = 2 });
        index.Put("1");
        index.Put("2");
        Assert.Equal(IndexRefusal.Full, index.Put("3").Refusal);
        Assert.True(index.Put("2", "again").Done);
        index.Delete("1");
        Assert.True(index.Put("3").Done);
    }

    [Fact]
    public void Buckets_are_bounded_unique_and_only_deleted_empty()
    {
        Assert.Equal(IndexRefusal.BucketExists, _index.Do(new CreateBucket("b", "x", Acl.Private)).Refusal);
        _index.Put("k");
        Assert.Equal(IndexRefusal.BucketNotEmpty, _index.Do(new DeleteBucket("b")).Refusal);
        for (var i = 1; i < IndexLimits.Buckets; i++)
        {
            Assert.True(_index.Do(new CreateBucket($"bucket-{i}", "x", Acl.Private)).Done);
        }

        Assert.Equal(IndexRefusal.TooManyBuckets, _index.Do(new CreateBucket("more", "x", Acl.Private)).Refusal);
        _index.Delete("k");
        Assert.True(_index.Do(new DeleteBucket("b")).Done);
        Assert.Equal(IndexRefusal.NoSuchBucket, _index.Do(new DeleteBucket("b")).Refusal);
    }
}
