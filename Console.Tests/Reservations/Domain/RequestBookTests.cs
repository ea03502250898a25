using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.Reservations.Domain;

public sealed class RequestBookTests
{
    [Fact]
    public void Of_the_requests_that_ended_the_newest_are_remembered_and_no_more_than_twice_as_many()
    {
        var book = new RequestBook();
        for (var n = 1; n <= (2 * RequestBook.EndedKept) + 5; n++)
        {
            book = book.Granted($"r{n}", "robot", ["h1", "h2"]).HostEnded($"r{n}");
            Assert.False(book.HasEnded($"r{n}"));
            book = book.HostEnded($"r{n}");
            Assert.True(book.HasEnded($"r{n}"));
            Assert.True(book.HasEnded($"r{Math.Max(1, n - RequestBook.EndedKept + 1)}"));
            Assert.InRange(book.Ended.Count + book.EndedBefore.Count, Math.Min(n, RequestBook.EndedKept), 2 * RequestBook.EndedKept);
        }

        Assert.False(book.HasEnded("r1"));
        Assert.True(book.Held.IsEmpty);
    }
}
