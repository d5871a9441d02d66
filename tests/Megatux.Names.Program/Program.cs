return Megatux.Names.NamesProgram.Run(args);
