using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Alarms.Gates;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Noodles.Book;
using OpsConsole.Engine.Noodles.Gates;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles;

public static class NoodlesSetup
{
    /// <summary>What the journal holds of runs. Always there: every console can read every journal.</summary>
    public static IServiceCollection AddNoodleRuns(this IServiceCollection services)
    {
        services.AddSingleton<ITopicSource, NoodleTopic>();
        return services.AddSingleton<StreamFamily>(new StreamFamily<NoodleRunsState>(NoodleStreams.Family, regional: false, new NoodleRunsDecider()));
    }

    /// <summary>Features, steps, pools, the runner, and what begins the runs people ask for.</summary>
    /// <param name="dataFolder">The console's; <c>noodles/features</c> and <c>noodles/targets.json</c> in it are the operators' own, <c>noodles/runs</c> keeps what was found.</param>
    public static IServiceCollection AddNoodles(this IServiceCollection services, string dataFolder)
    {
        var own = Path.Combine(dataFolder, "noodles");
        services.AddSingleton<NoodleHttp>();
        services.AddSingleton(provider => new NoodlePools(provider.GetRequiredService<NoodleHttp>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<MetricStore>()));
        services.AddSingleton<IFeatureShelf>(_ => new FeatureShelf(FeatureFolder.Shipped, Path.Combine(own, "features")));
        foreach (var library in StepLibraries.Shipped)
        {
            services.AddSingleton(library);
        }

        services.AddSingleton(provider => new NoodleLibrary(provider.GetServices<IStepLibrary>(), provider.GetRequiredService<IFeatureShelf>().Now.Links));
        services.AddSingleton<NoodleRunner>();
        services.AddSingleton<INoodleRunner>(provider => provider.GetRequiredService<NoodleRunner>());
        services.AddSingleton(provider => new NoodleTargets(provider.GetServices<INoodleTargets>(), Path.Combine(own, "targets.json")));
        services.AddSingleton(provider => new RunShelf(Path.Combine(own, "runs"), provider.GetRequiredService<NoodleLibrary>(), provider.GetRequiredService<IFeatureShelf>()));
        services.AddSingleton<NoodleGateReader>();
        services.AddSingleton<IGateReader>(provider => provider.GetRequiredService<NoodleGateReader>());
        services.AddHostedService(provider => provider.GetRequiredService<NoodleGateReader>());
        services.AddSingleton<NoodleTick>();
        return services.AddSingleton<ITickPart>(provider => provider.GetRequiredService<NoodleTick>());
    }
}
