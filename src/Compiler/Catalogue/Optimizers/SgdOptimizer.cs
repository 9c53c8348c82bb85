namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>PyTorch's SGD, without dampening.</summary>
internal static class SgdOptimizer
{
    public static readonly OptimizerRule Rule = new(
        "sgd",
        "Stochastic gradient descent.",
        [
            new ArgumentRule("lr", ArgumentType.Real, "The learning rate before the schedule.")
            {
                IsPositional = true,
                Minimum = 0,
                ExcludesMinimum = true,
            },
            new ArgumentRule("momentum", ArgumentType.Real, "How much of the last update is kept.")
            {
                Default = 0.0,
                Minimum = 0,
                Maximum = 1,
                ExcludesMaximum = true,
            },
            new ArgumentRule("nesterov", ArgumentType.Flag, "Whether momentum looks ahead.") { Default = false },
            new ArgumentRule("weight_decay", ArgumentType.Real, "The factor of the parameters that is added to their gradients.")
            {
                Default = 0.0,
                Minimum = 0,
            },
        ],
        arguments => arguments.Real("momentum") > 0 ? 1 : 0,
        // The velocity is a geometric series of gradients; Nesterov's look ahead comes no farther than its limit.
        (arguments, _, gradient) => gradient / (1 - arguments.Real("momentum")));
}
