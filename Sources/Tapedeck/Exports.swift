// Whoever records exchanges makes JSON texts: one import gives both.
@_exported public import TapedeckJSON
