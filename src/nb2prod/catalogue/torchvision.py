"""torchvision: data sets, transforms, pretrained models and images."""

from nb2prod.catalogue._function import NETWORK, Function, bases, table

TENSOR = "torch.Tensor"
DATASETS = "MNIST FashionMNIST KMNIST EMNIST CIFAR10 CIFAR100 SVHN STL10 CelebA Flowers102"
PRETRAINED = Function("torch.nn.Module", role="train", effects=NETWORK)
TRANSFORM = Function(role="transform", pure=True)

ENTRIES = table(
    ("torchvision.datasets", DATASETS, Function(role="load", reads=(0, "root"), writes=(0, "root"), effects=NETWORK)),
    ("torchvision.datasets", "ImageFolder", Function(role="load", reads=(0, "root"))),
    ("torchvision.io", "read_image", Function(TENSOR, reads=(0, "path"), role="load")),
    ("torchvision.utils", "save_image", Function("None", writes=(1, "fp"), role="export")),
    ("torchvision.utils", "make_grid", Function(TENSOR, pure=True)),
    ("torchvision.transforms", "Compose ToTensor Normalize Resize CenterCrop Grayscale Lambda ToPILImage", TRANSFORM),
    (
        "torchvision.transforms",
        "RandomCrop RandomHorizontalFlip RandomVerticalFlip RandomRotation ColorJitter",
        TRANSFORM,
    ),
    ("torchvision.transforms", "RandomResizedCrop RandomAffine", TRANSFORM),
    (
        "torchvision.models",
        "resnet18 resnet34 resnet50 resnet101 vgg16 vgg19 alexnet densenet121 mobilenet_v2",
        PRETRAINED,
    ),
    (
        "torchvision.models",
        "inception_v3 efficientnet_b0 googlenet squeezenet1_0",
        PRETRAINED,
    ),
)

BASES = bases(
    ("torchvision.datasets", f"ImageFolder {DATASETS}", "torch.utils.data.Dataset"),
    ("torchvision.transforms", "Compose ToTensor Normalize Resize CenterCrop Grayscale Lambda ToPILImage", ""),
)
