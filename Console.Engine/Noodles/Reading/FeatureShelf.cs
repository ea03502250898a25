namespace OpsConsole.Engine.Noodles.Reading;

/// <summary>The shipped features and those of a folder of the operators' own; read once, and again when asked to.</summary>
public sealed class FeatureShelf(params string[] folders) : IFeatureShelf
{
    private volatile ShelfContent _now = Read(folders);

    public ShelfContent Now => _now;

    public void ReadAgain() => _now = Read(folders);

    private static ShelfContent Read(string[] folders) =>
        folders.Select(FeatureFolder.Read).Aggregate((all, more) => new(all.Files.AddRange(more.Files), all.Pickles.AddRange(more.Pickles), all.Links.AddRange(more.Links), all.Faults.AddRange(more.Faults)));
}
