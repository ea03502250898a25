using System.Collections.Immutable;
using OpsConsole.Engine.Noodles.S3;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles;

/// <summary>The libraries that are shipped.</summary>
public static class StepLibraries
{
    public static ImmutableArray<IStepLibrary> Shipped { get; } =
    [
        new CommonTypes(), new AnswerSteps(), new JsonSteps(), new HttpSteps(), new MetricSteps(),
        new BucketSteps(), new ObjectSteps(), new ListingSteps(), new MultipartSteps(), new AccessSteps(), new SdkSteps(), new TimedSteps(),
    ];
}
