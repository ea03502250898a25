using System.Globalization;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>Parameter types that all libraries may use.</summary>
internal sealed class CommonTypes : IStepLibrary
{
    public string Owner => "noodles";

    public void Define(StepBook book)
    {
        book.Type(new("method", ["GET|HEAD|PUT|POST|DELETE|PATCH|OPTIONS"], texts => texts[0]));
        book.Type(new("size", [@"(\d+) (bytes?|KiB|MiB)"], texts => checked(int.Parse(texts[0]!, CultureInfo.InvariantCulture) * (texts[1] switch { "KiB" => 1024, "MiB" => 1024 * 1024, _ => 1 }))));
    }
}
