using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Engine.Access;

/// <summary>Has the book of tokens written down each minute, and once more at the end.</summary>
internal sealed partial class TokenKeeper(TokenBook tokens, TimeProvider clock, ILogger<TokenKeeper> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await KeepAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops; what is left is kept by StopAsync.
        }
    }

    /// <summary>A locked or full database costs a minute's times of last use, never the console.</summary>
    private async Task KeepAsync(CancellationToken cancel)
    {
        try
        {
            await tokens.KeepAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            LogNotKept(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "when tokens were last used was not written down; it is tried again within a minute")]
    private partial void LogNotKept(Exception e);
}
