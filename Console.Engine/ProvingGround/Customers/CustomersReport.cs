using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>What the customers saw since they started.</summary>
/// <param name="Failed">Requests that got no answer or a wrong status.</param>
/// <param name="Wrong">Reads whose bytes or age were not what was acknowledged: the worst there is.</param>
/// <param name="Missed">Requests that were due and not sent, because too many were open.</param>
/// <param name="LastTrouble">The last failures and wrong reads in words, newest last, at most 20.</param>
public sealed record CustomersReport(long Sent, long Failed, long Wrong, long Missed, ImmutableArray<string> LastTrouble);
