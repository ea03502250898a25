using OpsConsole.Engine.ProvingGround.Gauges;

namespace OpsConsole.Web.ProvingGround;

/// <summary>The ground as last looked at; one look serves all circuits and callers.</summary>
public sealed class GroundReader(IServiceProvider services)
{
    private readonly GroundGauges? _gauges = services.GetService<GroundGauges>();
    private GroundModel? _last;

    /// <summary>Whether this console operates a proving ground at all.</summary>
    public bool Exists => _gauges is not null;

    /// <summary>Null before the first look.</summary>
    public GroundPicture? Picture => _gauges?.Now;

    /// <summary>The same model until there is a newer look.</summary>
    public GroundModel Read()
    {
        var picture = Picture;
        return _last is { } last && ReferenceEquals(last.Picture, picture) ? last : _last = new GroundModel(Exists, picture);
    }
}
