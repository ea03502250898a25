using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Placement;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Web.Durability;

/// <summary>Durability for pages and API: what is seen now, and what would be. Every question that is too large or makes no sense is refused in words.</summary>
public sealed class DurabilityReader(DurabilityBook book)
{
    public ImmutableArray<DurabilityView> Views => book.Views;

    public DurabilityView? Find(string service, string region) => book.Find(service, region);

    public (DurabilityView? View, Rejection? Refused) Under(DurabilityView view, AssumedQuery asked)
    {
        var usual = view.From.Assumed;
        if (Read(asked, usual, view.From.Placement.Code, out var assumed) is { } refused)
        {
            return (null, refused);
        }

        return (assumed == usual ? view : book.Under(view, assumed), null);
    }

    public (WhatIfAnswer? Answer, Rejection? Refused) Ask(DurabilityView view, ImaginedLoss loss, AssumedQuery asked)
    {
        if (loss.IsEmpty || loss.Names > ImaginedLoss.MostNames)
        {
            return (null, Invalid("durability.what-if", loss.IsEmpty ? "Nothing was named." : $"{loss.Names:N0} names are more than {ImaginedLoss.MostNames:N0}.", "Name hosts, racks (az/rack) or AZs that are to be imagined gone."));
        }

        if (Read(asked, view.From.Assumed, view.From.Placement.Code, out var assumed) is { } refused)
        {
            return (null, refused);
        }

        var (hosts, unknown) = loss.In(view.From.Placement);
        return unknown.IsEmpty
            ? (book.Ask(view, hosts, assumed), null)
            : (null, new(RejectionKind.NotFound, "durability.unknown", "Nothing was worked out.", $"{view.Store} has no {string.Join(", ", unknown.Take(5))}{(unknown.Length > 5 ? $" and {unknown.Length - 5} more" : "")}.", "Name hosts that hold its shards, racks as az/rack, or its AZs."));
    }

    /// <summary>Null where it can be worked with.</summary>
    internal static Rejection? Read(AssumedQuery asked, FailureAssumptions usual, RedundancyCode code, out FailureAssumptions assumed)
    {
        assumed = asked.On(usual) ?? usual;
        var fault = asked.On(usual) is null ? "A time is a number of hours above 0." : assumed.Fault ?? Questions.TooMuch(code, assumed);
        return fault is null ? null : Invalid("durability.assumptions", fault, "Ask with other assumptions.");
    }

    internal static Rejection Invalid(string code, string why, string todo) => new(RejectionKind.Invalid, code, "Nothing was worked out.", why, todo);
}
