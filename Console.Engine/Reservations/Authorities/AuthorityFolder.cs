namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>Where services say how they are asked about their data: one file for each service.</summary>
/// <param name="Path">Null where there is none.</param>
public sealed record AuthorityFolder(string? Path)
{
    /// <summary><c>storage.placement.json</c>: a static placement.</summary>
    public const string PlacementEnding = ".placement.json";

    /// <summary><c>storage.webhook.json</c>: where to ask.</summary>
    public const string WebhookEnding = ".webhook.json";

    /// <summary><c>web.budget.json</c>: how many hosts may be out.</summary>
    public const string BudgetEnding = ".budget.json";

    public const int MostFiles = 200;
}
