using OpsConsole.Web;
using OpsConsole.Web.ProvingGround;

return await (HostStart.Of(args) ?? Verbs.RunAsync(args));
