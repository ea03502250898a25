using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>Reads the files of services at the start and when they change, every few seconds.</summary>
public sealed partial class AuthorityWatch(AuthorityFolder folder, AuthorityBook book, WebhookAnswers webhooks, SecondCount second, IStates states, ILogger<AuthorityWatch> log) : ITickPart
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, (string Service, DateTime Written, long Length)> _seen = [];
    private DateTimeOffset _looked;
    private long _differed;

    public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (second.Differed is var differed && differed != _differed)
        {
            _differed = differed;
            LogDiffered(differed, second.Last);
        }

        if (folder.Path is { } path && now - _looked >= Every)
        {
            _looked = now;
            Look(path);
        }

        return ValueTask.CompletedTask;
    }

    private void Look(string path)
    {
        var files = Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*.json").Where(file => ServiceOf(file.Name) is not null).Take(AuthorityFolder.MostFiles).ToArray() : [];
        foreach (var (gone, (service, _, _)) in _seen.Where(seen => files.All(file => file.FullName != seen.Key)).ToArray())
        {
            _seen.Remove(gone);
            book.Remove(service);
        }

        foreach (var file in files)
        {
            var now = (ServiceOf(file.Name)!, file.LastWriteTimeUtc, file.Length);
            if (!_seen.TryGetValue(file.FullName, out var before) || before != now)
            {
                _seen[file.FullName] = now;
                var read = Read(file, now.Item1);
                book.Set(read);
                LogRead(file.Name, read.Problem ?? "in use");
                Warn(file.Name, read.Authority);
            }
        }
    }

    /// <summary>Who sets a tier that can never hold hears so at once, not when the first host is refused.</summary>
    private void Warn(string file, ISafetyAuthority authority)
    {
        if (authority.Counted is not { Steady.IsEmpty: false } placed)
        {
            return;
        }

        foreach (var region in states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State))
        {
            if (ServiceTiers.Of(placed, region)?.Never is { } never)
            {
                LogNever(file, region.Region, never);
            }
        }
    }

    private ServiceAuthority Read(FileInfo file, string service)
    {
        try
        {
            using var text = file.OpenRead();
            if (text.Length > PlacementFile.MostBytes)
            {
                return Broken(service, $"its file has more than {PlacementFile.MostBytes >> 20} MB");
            }

            if (file.Name.EndsWith(AuthorityFolder.PlacementEnding, StringComparison.Ordinal))
            {
                var (placement, problem) = PlacementFile.Read(text);
                return placement is null ? Broken(service, problem!) : new(service, new PlacedSetsAuthority($"the placement file of {service}", placement, second), null);
            }

            if (file.Name.EndsWith(AuthorityFolder.BudgetEnding, StringComparison.Ordinal))
            {
                var (budget, fault) = BudgetFile.Read(text, service);
                return budget is null ? Broken(service, fault!) : new(service, budget, null);
            }

            var (webhook, wrong) = WebhookFile.Read(text);
            return webhook is null ? Broken(service, wrong!) : new(service, new WebhookAuthority($"the webhook of {service}", webhook, webhooks), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Broken(service, $"its file cannot be read: {e.Message}");
        }
    }

    private static ServiceAuthority Broken(string service, string problem) => new(service, new BrokenAuthority($"the file of {service}", problem), problem);

    private static string? ServiceOf(string file) =>
        new[] { AuthorityFolder.PlacementEnding, AuthorityFolder.WebhookEnding, AuthorityFolder.BudgetEnding }.Where(ending => file.EndsWith(ending, StringComparison.Ordinal) && file.Length > ending.Length).Select(ending => file[..^ending.Length]).FirstOrDefault();

    [LoggerMessage(Level = LogLevel.Information, Message = "the file {File} that says how a service is asked about its data: {State}")]
    private partial void LogRead(string file, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the file {File}, in {Region}: {Never}")]
    private partial void LogNever(string file, string region, string never);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Differed} answers about data that were counted twice differ; none of them was granted. The last: {Last}")]
    private partial void LogDiffered(long differed, string? last);
}
