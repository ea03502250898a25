using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Routing;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>
/// What the control call <c>weights</c> may ask: <c>?host=ID</c> with <c>&amp;weight=0..1000</c>, <c>&amp;drained=true|false</c> and <c>&amp;lease=SECONDS</c> changes for a while,
/// with <c>&amp;confirm=true</c> for good, with <c>&amp;renew=SECONDS</c> alone prolongs.
/// </summary>
internal static class WeightRequest
{
    /// <summary>What becomes of the weights; null where the request makes no sense or lacks a lease.</summary>
    public static RouterWeights? Apply(RouterWeights weights, GroundHost host, IQueryCollection query, DateTimeOffset now)
    {
        if (Seconds(query["renew"]) is { } longer)
        {
            return weights.Renew(host.Id, longer, now);
        }

        int? weight = int.TryParse(query["weight"], NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : null;
        bool? drained = bool.TryParse(query["drained"], out var wished) ? wished : null;
        if (weight > HostWeight.Most || (weight is null && drained is null))
        {
            return null;
        }

        if (query["confirm"] == "true")
        {
            var old = weights.ConfirmedOf(host.Id, host.Validator);
            return weights.Confirm(host.Id, new HostWeight(weight ?? old.Weight, drained ?? old.Drained));
        }

        return weights.Change(host.Id, host.Validator, weight, drained, Seconds(query["lease"]), now);
    }

    private static TimeSpan? Seconds(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
