namespace OpsConsole.Engine.Fleet.Files;

internal sealed class FileTooLongException() : IOException("the input is longer than allowed");
