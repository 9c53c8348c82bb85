let widths = [ 64; 32 ]
printfn "%d layers" widths.Length
