// What a script loads before `open ParDsl`. If F# says here that a file is not found, ParDsl is not built yet: start
// `./pardsl devices` once in this folder, which builds it.
#r "artifacts/pardsl/ParDsl.Dsl.dll"
#r "artifacts/pardsl/ParDsl.Compiler.dll"
#r "artifacts/pardsl/ParDsl.Runtime.dll"
#r "artifacts/pardsl/pardsl.dll"
