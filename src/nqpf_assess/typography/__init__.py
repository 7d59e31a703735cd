"""What every face does with characters: which may be shown, where a line may end, how many cells they take."""
