namespace OpsConsole.Domain.Canaries;

/// <summary>A canary at one place: what has turns, results and metrics of its own.</summary>
/// <param name="Host">The host it asks; null where it asks a front door.</param>
public sealed record CanaryPost(string Canary, string Region, Vantage Vantage, string? Host)
{
    /// <summary><c>canary/region/vantage</c>, and <c>/host</c> where there is one.</summary>
    public override string ToString() => Host is null ? $"{Canary}/{Region}/{Vantage.Word()}" : $"{Canary}/{Region}/{Vantage.Word()}/{Host}";
}
