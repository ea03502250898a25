using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class ChainHashTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    /// <summary>The stated encoding, built here a second time from its description alone: whoever holds the description can check a journal.</summary>
    [Fact]
    public async Task The_hash_on_disk_is_that_of_the_stated_encoding()
    {
        await using var journal = _folder.Open();
        await _folder.Append(journal, "cord", 0, "k-1", new SecondPersonSet(true), new CordReleased("c-1", "person:ada", "näh", 7));
        using var connection = _folder.Connect();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT seq, version, at, stream, type, actor, reason, cause, key, payload, hash FROM events ORDER BY seq";
        using var rows = query.ExecuteReader();
        var previous = new byte[32];
        while (rows.Read())
        {
            using var bytes = new MemoryStream();
            bytes.Write(previous);
            for (var column = 0; column < 3; column++)
            {
                bytes.Write(BigEndian(rows.GetInt64(column)));
            }

            for (var column = 3; column < 10; column++)
            {
                var text = rows.IsDBNull(column) ? [] : Encoding.UTF8.GetBytes(rows.GetString(column));
                bytes.Write(BigEndian(text.Length).AsSpan(4));
                bytes.Write(text);
            }

            previous = SHA256.HashData(bytes.ToArray());
            Assert.Equal(previous, rows.GetFieldValue<byte[]>(10));
        }

        Assert.Equal(_folder.Verify().LastHash, Convert.ToHexStringLower(previous));
    }

    [Fact]
    public void Moving_a_letter_from_one_field_to_the_next_changes_the_hash()
    {
        var one = ChainHash.Of(new byte[32], new EventFields { Sequence = 1, Stream = "ab"u8, Type = "c"u8 });
        Assert.NotEqual(one, ChainHash.Of(new byte[32], new EventFields { Sequence = 1, Stream = "a"u8, Type = "bc"u8 }));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] BigEndian(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
