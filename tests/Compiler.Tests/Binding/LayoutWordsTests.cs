using ParDsl.Compiler.Binding;
using Xunit;

namespace ParDsl.Compiler.Tests.Binding;

public sealed class LayoutWordsTests
{
    [Theory]
    [InlineData("auto", "parallel auto")]
    [InlineData("data=4", "parallel { data 4 }")]
    [InlineData("data", "parallel { data }")]
    [InlineData("data=2,pipeline=2,shard=optimizer", "parallel { data 2; pipeline 2; shard optimizer }")]
    [InlineData("pipeline=2,schedule=gpipe,microbatches=4", "parallel { pipeline 2 schedule=gpipe microbatches=4 }")]
    [InlineData(
        "pipeline=2,data=2,schedule=gpipe,bucket=25 MiB,microbatches=4",
        "parallel { pipeline 2 schedule=gpipe microbatches=4; data 2 bucket=25 MiB }")]
    [InlineData("pipeline=3,at=[fc1, fc2],recompute=all", "parallel { pipeline 3 at=[fc1, fc2]; recompute all }")]
    [InlineData("data=2,recompute,every=3", "parallel { data 2; recompute every=3 }")]
    [InlineData("data=2,check_replicas,every=3 steps", "parallel { data 2; check_replicas every=3 steps }")]
    [InlineData(" data = 2 , shard = gradients ", "parallel { data 2; shard gradients }")]
    [InlineData("schedule=gpipe", "parallel { pipeline schedule=gpipe }")]
    [InlineData("datas=2", "parallel { datas 2 }")]
    [InlineData("", "parallel {  }")]
    public void A_word_stands_for_a_parallel_block(string words, string block) => Assert.Equal(block, LayoutWords.Block(words));
}
