// Real questions to a model: the classes of a picture, the words behind [MASK]. The weights that were used
// last stay loaded, and a model that is asked again with as many tokens stays ready: then a question costs
// one forward.
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"
#include "gpu/text/word_piece.h"

namespace orrery::gpu {

class Asker {
  public:
    /// The picture is resized and normalised as in gpu/models/picture.h. Names of classes are the lines of
    /// labels.txt (or imagenet_classes.txt) beside the weights, where there is one.
    [[nodiscard]] Expected<ClassifyMessage> classify(Device& device, const BenchRequest& request,
                                                     const AskRequest& ask, Progress& progress);
    /// One text; its words by WordPiece, with the vocabulary of the request or vocab.txt beside the weights.
    [[nodiscard]] Expected<FillMaskMessage> fillMask(Device& device, const BenchRequest& request,
                                                     const AskRequest& ask, Progress& progress);

  private:
    struct Answer {
        std::vector<float> values; ///< [rows, width]
        double seconds = 0;
    };
    /// One forward, of the model that is ready or of one made ready for this. `lengths`: of texts.
    [[nodiscard]] Expected<Answer> forward(Device& device, const BenchRequest& request,
                                           const SequenceBatch& sequences, const ModelInputs& inputs,
                                           Progress& progress);

    /// Those of the request, from the file only when they are not the ones that were used last.
    [[nodiscard]] Expected<const ModelWeights*> loaded(const Model& model, const BenchRequest& request,
                                                       bool folded);

    std::string m_loaded; ///< what the weights are of
    ModelWeights m_weights;
    std::string m_ready; ///< what the engine was made for
    Model m_model;
    std::unique_ptr<Engine> m_engine;
};

} // namespace orrery::gpu
