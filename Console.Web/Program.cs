using OpsConsole.Web;

return await Verbs.RunAsync(args);
