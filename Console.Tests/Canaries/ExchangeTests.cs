using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Results;

namespace OpsConsole.Tests.Canaries;

public sealed class ExchangeTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("Set-Cookie")]
    [InlineData("x-amz-security-token")]
    [InlineData("X-Api-Key")]
    [InlineData("X-Amz-Signature")]
    public void Headers_and_parameters_that_let_somebody_in_are_not_kept(string name)
    {
        Assert.Equal(Secrets.Removed, Secrets.Header(name, "opensesame"));
        Assert.Equal($"/path?a=1&{name}={Secrets.Removed}&b=2", Secrets.Target($"/path?a=1&{name}=opensesame&b=2"));
    }

    [Theory]
    [InlineData("{\"user\":\"ada\",\"password\":\"opensesame\"}")]
    [InlineData("user=ada&access_token=opensesame&x=1")]
    [InlineData("<SecretAccessKey>opensesame</SecretAccessKey>")]
    [InlineData("session-id: opensesame")]
    public void Nor_are_fields_of_bodies(string body)
    {
        var kept = Secrets.Body(body);
        Assert.DoesNotContain("opensesame", kept, StringComparison.Ordinal);
        Assert.Contains(Secrets.Removed, kept, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_stays() => Assert.Equal(("value", "/p?q=1", "plain words"), (Secrets.Header("X-Thing", "value"), Secrets.Target("/p?q=1"), Secrets.Body("plain words")));

    [Fact]
    public void One_region_that_fails_all_day_does_not_push_out_what_another_showed_once()
    {
        var shelf = FailureShelf.Empty.With(Failure("rare", 0));
        for (var number = 1; number < 200; number++)
        {
            shelf = shelf.With(Failure("busy", number));
        }

        Assert.Equal(FailureShelf.Most, shelf.Newest.Length);
        Assert.Single(shelf.Newest, failure => failure.Post.Region == "rare");
        Assert.Equal(199, shelf.Newest[0].Turn);
        Assert.Equal(Enumerable.Range(0, FailureShelf.Most - 1).Select(back => 199L - back), shelf.Newest.Where(failure => failure.Post.Region == "busy").Select(failure => failure.Turn));
    }

    private static RunResult Failure(string region, long turn)
    {
        var at = DateTimeOffset.UnixEpoch.AddMinutes(turn);
        return new(new CanaryPost("ready", region, Vantage.Outside, null), turn, at, at, at, RunState.Dying, 1, [], "");
    }
}
