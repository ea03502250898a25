using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.ProvingGround.Patients;

[EventType("ground.host-made-ill")]
public sealed record HostMadeIll(string Host, Ailment Ailment, int Amount, DateTimeOffset Until, string By, string Reason) : IEvent;

[EventType("ground.host-healed")]
public sealed record HostHealed(string Host, Ailment Ailment) : IEvent;
