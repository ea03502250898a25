using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class WireTests
{
    private static readonly ObjectEntry Full = IndexSteps.Object("ключ/😀", "e", IndexSteps.Extent(), IndexSteps.Extent(group: 63, epoch: 9)) with
    {
        Version = 5,
        Modified = IndexSteps.Start,
        Headers = ImmutableSortedDictionary<string, string>.Empty.Add("content-type", "text/plain"),
        Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("a", "ä"),
        Tags = ImmutableSortedDictionary<string, string>.Empty.Add("t", ""),
        Acl = Acl.PublicRead,
        Checksum = new ObjectChecksum("CRC32C", "AAAAAA==-2", Composite: true),
        Encryption = new Encryption(EncryptionKind.Customer, "md5", [1, 2, 3]),
        Parts = [5, 6],
    };

    public static TheoryData<string> Kinds => [.. Commands.Keys];

    private static Dictionary<string, IndexCommand> Commands => new IndexCommand[]
    {
        new CreateBucket("b", "o", Acl.PublicRead),
        new DeleteBucket("b"),
        new SetBucketAcl("b", Acl.Private),
        new PutObject(Full, new WriteCondition("m", "*")),
        new DeleteObjects("b", [new("k", WriteCondition.None), new("", new WriteCondition("x"))]),
        new SetObjectTags("b", "k", Full.Tags),
        new SetObjectAcl("b", "k", Acl.PublicRead),
        new CreateUpload(new Upload("u", Full) { Begun = IndexSteps.Start }),
        new PutPart("b", "k", "u", new UploadPart(3, 7, "e", Full.Extents) { Checksum = Full.Checksum, Modified = IndexSteps.Start }),
        new CompleteUpload("b", "k", "u", [new(1, "a"), new(9, "b")], "e-2", null, new WriteCondition(IfNoneMatch: "*")),
        new AbortUpload("b", "k", "u"),
        new MovePosition(1, 8, "h", 4),
        new SetPlacement(FirstPlacement.Of([["a"], ["b"], ["c"]])),
    }.ToDictionary(command => command.GetType().Name);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_command_comes_back_as_it_was_and_cut_short_it_is_refused(string kind)
    {
        var bytes = Bytes(Commands[kind]);
        Assert.Equal(bytes, Bytes(Read(bytes)));
        Assert.IsType(Commands[kind].GetType(), Read(bytes));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
        }
    }

    [Fact]
    public void Random_bytes_are_refused_and_nothing_worse()
    {
        for (var seed = 1; seed <= 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Bytes(Commands.Values.ElementAt(random.Next(Commands.Count)));
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Read(bytes);
            }
            catch (InvalidDataException)
            {
                // What malformed bytes must come to.
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }

    private static byte[] Bytes(IndexCommand command)
    {
        var to = new WireWriter();
        CommandWire.Write(to, command);
        return to.ToArray();
    }

    private static IndexCommand Read(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var command = CommandWire.Read(reader);
        reader.MustBeAtEnd();
        return command;
    }
}
