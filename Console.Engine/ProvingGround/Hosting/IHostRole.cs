using Microsoft.AspNetCore.Http;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What one kind of host does with the requests that reach it.</summary>
internal interface IHostRole : IAsyncDisposable
{
    long Requests { get; }

    bool ReadOnly => false;

    /// <summary>Runs once it listens and before it says so: what the first customers would else wait for.</summary>
    Task WarmUpAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Anybody's request.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>A request of the ground itself, its secret shown already. Returns false where there is no such thing.</summary>
    Task<bool> HandleControlAsync(HttpContext context, string what);

    Task<string?> TroubleAsync(CancellationToken cancel);
}
