using System.Text.Json.Serialization;
using OpsConsole.Domain.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Releases;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>Everything the ground's processes write for each other, compiled ahead: fifteen processes start on two cores.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GroundPlan))]
[JsonSerializable(typeof(RunningHost))]
[JsonSerializable(typeof(Accounts))]
[JsonSerializable(typeof(HostHealth))]
[JsonSerializable(typeof(PatchLevels))]
[JsonSerializable(typeof(ReadBack))]
[JsonSerializable(typeof(ReleaseManifest))]
[JsonSerializable(typeof(RouterWeights))]
[JsonSerializable(typeof(RouterReport))]
[JsonSerializable(typeof(CustomersReport))]
[JsonSerializable(typeof(ShardStats))]
[JsonSerializable(typeof(RepairStats))]
internal sealed partial class GroundJson : JsonSerializerContext;
